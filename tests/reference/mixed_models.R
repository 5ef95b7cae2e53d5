# The numbers in mixed_model.json, from R: lme4, lmerTest and pbkrtest (compound symmetry), mmrm (unstructured), emmeans.
# It writes mixed_models.json (15 significant digits); mixed_model.json holds its parts, with the names of the tests.
suppressPackageStartupMessages({library(jsonlite);library(lme4);library(lmerTest);library(pbkrtest);library(emmeans);library(mmrm)})
out<-list()
long<-function(file,times){w<-read.csv(file);d<-reshape(w,direction="long",varying=times,v.names="y",times=times,timevar="time",idvar="id")
 d<-d[!is.na(d$y),];d$time<-factor(d$time,levels=times);d$group<-factor(d$group,levels=c("control","training"));d$id<-factor(d$id);d}
three<-c("pre","post","fup")
data<-list(three_occasions=long("three_occasions.csv",three),three_occasions_missing=long("three_occasions_missing.csv",three),two_occasions_missing=long("two_occasions_missing.csv",three[1:2]))

lmm<-function(d){op<-options(contrasts=c("contr.sum","contr.poly"));on.exit(options(op));m<-lmerTest::lmer(y~group*time+(1|id),d,REML=TRUE,control=lmerControl(optimizer="bobyqa",optCtrl=list(rhoend=1e-12,maxfun=1e5)))
 g<-function(ddf){z<-anova(m,type=3,ddf=ddf);lapply(setNames(rownames(z),rownames(z)),function(e)list(df1=z[e,"NumDF"],df2=z[e,"DenDF"],F=z[e,"F value"],p=z[e,"Pr(>F)"]))}
 vc<-as.data.frame(VarCorr(m));e<-emmeans(m,~group|time,lmer.df="kenward-roger");ct<-as.data.frame(confint(pairs(e,reverse=TRUE)));ct2<-as.data.frame(pairs(e,reverse=TRUE))
 did<-as.data.frame(contrast(emmeans(m,~group*time,lmer.df="kenward-roger"),interaction=c("revpairwise","trt.vs.ctrl1")));dids<-as.data.frame(contrast(emmeans(m,~group*time,lmer.df="satterthwaite"),interaction=c("revpairwise","trt.vs.ctrl1")))
 list(n=nrow(d),reml=as.numeric(logLik(m)),var_id=vc$vcov[1],var_res=vc$vcov[2],KR=g("Kenward-Roger"),Satt=g("Satterthwaite"),group_diff_by_time=cbind(ct2,lower=ct$lower.CL,upper=ct$upper.CL),did_KR=did,did_Satt=dids)}
un<-function(d){f<-mmrm::mmrm(y~group*time+us(time|id),data=d,control=mmrm::mmrm_control(method="Kenward-Roger",vcov="Kenward-Roger-Linear"));e<-as.data.frame(pairs(emmeans(f,~group|time),reverse=TRUE))
 list(reml=as.numeric(logLik(f)),coef=as.data.frame(summary(f)$coefficients),varcor=unname(mmrm::VarCorr(f)),group_diff=e)}
for(n in names(data)) out[[n]]<-list(compound_symmetry=lmm(data[[n]]),unstructured=un(data[[n]]))

## Satterthwaite; and baseline as a covariate with a slope at each occasion
CM<-data$three_occasions_missing
f<-mmrm::mmrm(y~group*time+us(time|id),data=CM,reml=TRUE,method="Satterthwaite");out$three_occasions_missing$unstructured_satterthwaite<-as.data.frame(summary(f)$coefficients)
W<-read.csv("three_occasions_missing.csv");WL<-rbind(data.frame(id=W$id,group=W$group,base=W$pre,time="post",y=W$post),data.frame(id=W$id,group=W$group,base=W$pre,time="fup",y=W$fup))
WL$time<-factor(WL$time,c("post","fup"));WL$group<-factor(WL$group,c("control","training"));WL$id<-factor(WL$id);WL<-WL[!is.na(WL$y),]
f3<-mmrm::mmrm(y~base*time+group*time+us(time|id),data=WL,reml=TRUE,method="Satterthwaite");e3<-as.data.frame(pairs(emmeans(f3,~group|time),reverse=TRUE))
out$three_occasions_missing$baseline_as_covariate_satterthwaite<-list(reml=as.numeric(logLik(f3)),diff=e3)
write(toJSON(out,digits=I(15),auto_unbox=TRUE,pretty=TRUE,na="null",force=TRUE),"mixed_models.json")
